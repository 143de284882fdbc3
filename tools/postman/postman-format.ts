/*
 * What we write of Postman's collection format 2.1 and of its environments:
 * https://schema.postman.com/collection/json/v2.1.0/docs/index.html
 */

/** A text that a request carries; switched off, it is only shown. */
export interface PostmanField {
  key: string;
  value: string;
  description?: string;
  disabled?: true;
}

/** A part of a form; a file is named by its path below Postman's working directory. */
export type PostmanPart =
  | (PostmanField & { type: "text" })
  | { key: string; type: "file"; src: string; description?: string };

/** A request's body. */
export type PostmanBody =
  | { mode: "raw"; raw: string; options?: { raw: { language: "json" } } }
  | { mode: "urlencoded"; urlencoded: PostmanField[] }
  | { mode: "formdata"; formdata: PostmanPart[] }
  | { mode: "file"; file: { src: string } };

/** An address in its parts. */
export interface PostmanUrl {
  raw: string;
  host: string[];
  path: string[];
  query?: PostmanField[];
  variable?: PostmanField[];
}

/** A script that runs before a request, or on its answer. */
export interface PostmanEvent {
  listen: "prerequest" | "test";
  script: { type: "text/javascript"; exec: string[] };
}

/** How requests prove who sends them. */
export type PostmanAuth =
  | { type: "noauth" }
  | { type: "bearer"; bearer: [{ key: "token"; value: string; type: "string" }] };

/** A request with the script that judges its answer. */
export interface PostmanRequest {
  id: string;
  name: string;
  request: {
    method: string;
    description: string;
    header: PostmanField[];
    url: PostmanUrl;
    auth?: PostmanAuth;
    body?: PostmanBody;
  };
  event: PostmanEvent[];
}

/** Requests, and folders of them. */
export interface PostmanFolder {
  id: string;
  name: string;
  description: string;
  auth?: PostmanAuth;
  item: (PostmanFolder | PostmanRequest)[];
}

/** A whole collection. */
export interface PostmanCollection {
  info: { _postman_id: string; name: string; description: string; schema: string };
  item: PostmanFolder[];
  event: PostmanEvent[];
  variable: PostmanField[];
}

/** What differs from one installation to the next. */
export interface PostmanEnvironment {
  id: string;
  name: string;
  /** By which Postman's import tells it from other files. */
  _postman_variable_scope: "environment";
  values: {
    key: string;
    value: string;
    type: "default" | "secret";
    enabled: true;
    description: string;
  }[];
}
