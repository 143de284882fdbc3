/** One of WhatsApp's codes as the simulator plays it. */
export interface FailureCode {
  code: number;
  title: string;
  /** The HTTP status when the call itself is refused. */
  httpStatus: number;
  /** `call`: the send is refused at once. `later`: it is accepted, then a `failed` status comes. */
  when: "call" | "later";
}

/**
 * The codes by number (fact sheet 2.2, with 1.10 for what is refused in the call). Where Meta does both, the
 * simulator does what captures show more often; those of Gupshup and of the old on-premises API are always late.
 */
export const failureCodes: ReadonlyMap<number, FailureCode> = new Map(
  [
    call(0, "AuthException", 401),
    call(1, "API Unknown"),
    call(2, "API Service", 503),
    call(3, "API Method", 500),
    call(4, "Application request limit reached"),
    call(10, "Permission Denied", 403),
    call(17, "User request limit reached"),
    call(33, "Parameter value is not valid"),
    call(100, "Invalid parameter"),
    call(104, "An access token is required to request this resource", 401),
    call(190, "Access token has expired", 401),
    call(368, "Temporarily blocked for policies violations", 403),
    call(613, "Calls to this api have exceeded the rate limit"),
    call(80007, "Rate limit issues"),
    call(80008, "There have been too many calls to this WhatsApp Business account"),
    call(130403, "Business has blocked this user"),
    call(130429, "Rate limit hit"),
    later(130472, "User's number is part of an experiment"),
    call(130497, "Business account is restricted from messaging users in this country", 403),
    later(131000, "Something went wrong", 500),
    call(131005, "Access denied", 403),
    call(131008, "Required parameter is missing"),
    call(131009, "Parameter value is not valid"),
    later(131014, "Media could not be fetched"),
    later(131016, "Service unavailable", 500),
    call(131020, "Group has a single member"),
    call(131021, "Recipient cannot be sender"),
    later(131026, "Message undeliverable"),
    call(131030, "Recipient phone number not in allowed list"),
    call(131031, "Account has been locked", 403),
    call(131037, "WhatsApp provided number needs display name approval before message can be sent"),
    call(131041, "Unknown group"),
    call(131042, "Business eligibility payment issue"),
    call(131044, "Business eligibility calling payment issue"),
    call(131045, "Incorrect certificate", 500),
    later(131047, "Re-engagement message"),
    later(131048, "Spam rate limit hit"),
    later(131049, "This message was not delivered to maintain healthy ecosystem engagement."),
    later(131050, "User has stopped receipt of marketing messages"),
    call(131051, "Unsupported message type"),
    later(131052, "Media download error"),
    later(131053, "Media upload error"),
    call(131055, "Method not allowed"),
    later(131056, "(Business Account, Consumer Account) pair rate limit hit"),
    call(131057, "Account in maintenance mode", 500),
    call(131062, "Business-scoped user ID recipients are not supported for this message"),
    call(131063, "Marketing templates are disabled on Cloud API"),
    call(131064, "Messaging limit reached because of template category violations"),
    call(132000, "Template Param Count Mismatch"),
    call(132001, "Template does not exist", 404),
    call(132005, "Template Hydrated Text Too Long"),
    call(132007, "Template Format Character Policy Violated"),
    call(132008, "Template parameter value is invalid"),
    call(132012, "Template Parameter Format Mismatch"),
    call(132015, "Template is Paused"),
    call(132016, "Template is Disabled"),
    call(132018, "There's an issue with the parameters in your template"),
    call(132068, "Flow is blocked"),
    call(132069, "Flow is throttled"),
    call(133000, "Incomplete Deregistration", 500),
    call(133004, "Server Temporarily Unavailable", 503),
    call(133005, "Two step verification PIN Mismatch"),
    call(133006, "Phone number re-verification needed"),
    call(133008, "Too Many two step verification PIN Guesses"),
    call(133009, "Two step verification PIN Guessed Too Fast"),
    call(133010, "Phone number Not Registered"),
    call(133015, "Please wait a few minutes before attempting to register this phone number"),
    call(133016, "Account register/deregister limit reached"),
    call(134011, "Payments terms not accepted"),
    call(134100, "Only marketing messages are supported"),
    call(134101, "Template is still syncing"),
    call(134102, "Marketing Messages API is unavailable", 500),
    call(135000, "Generic user error"),
    later(137000, "Identity key hash mismatch"),
    later(402, "Payment required"),
    later(470, "Message failed to send because more than 24 hours have passed"),
    later(471, "Spam rate limit hit"),
    later(472, "User's number is part of an experiment"),
    later(1002, "Number Not Exist On WhatsApp"),
    later(1003, "Unable To Send Message | Check your wallet balance"),
    later(1004, "Template Disabled Failure"),
    later(1005, "Template Match Failed"),
    later(1006, "Template Opt-in Failure"),
    later(1007, "Template Opt-in Match Failure"),
    later(1008, "User is not Opted in and Inactive"),
    later(1010, "Invalid Media Url"),
    later(1011, "Invalid Media Size"),
  ].map((entry) => [entry.code, entry]),
);

/** The entry of a code; one that is in no table is played too, and fails late. */
export function getFailureCode(code: number): FailureCode {
  const known = failureCodes.get(code);
  if (known !== undefined) return known;
  if (code >= 200 && code <= 299) return call(code, "API Permission", 403);
  if (code >= 132000 && code <= 133999) return call(code, "Unknown error");
  return later(code, "Unknown error");
}

function call(code: number, title: string, httpStatus = 400): FailureCode {
  return { code, title, httpStatus, when: "call" };
}

function later(code: number, title: string, httpStatus = 400): FailureCode {
  return { code, title, httpStatus, when: "later" };
}
