import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { pino } from "pino";
import { SMTPServer } from "smtp-server";
import { createIdMaker } from "../platform/ids.ts";
import { createMailer } from "../platform/mailer.ts";
import { insertMails } from "../storage/mail-outbox.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { createMailLane } from "./mail-lane.ts";

const ACCOUNT = "019abcde-0000-7000-8000-000000000001";
const PASSWORD = "muy/secreta";

let database: TestDatabase;
let server: SMTPServer;
let port: number;
let nowMs = Date.UTC(2026, 10, 22, 15);
/** Whole mails, as the server took them. */
const taken: string[] = [];
/** What the next mails are answered instead: SMTP codes. */
let answers: number[] = [];
const lines: string[] = [];
const ids = createIdMaker();

before(async () => {
  database = await openTestDatabase();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    onAuth(auth, _session, done) {
      if (auth.password === PASSWORD) done(null, { user: auth.username });
      else done(Object.assign(new Error(`no ${auth.password}`), { responseCode: 535 }));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const responseCode = answers.shift();
        if (responseCode !== undefined) {
          done(Object.assign(new Error("not now"), { responseCode }));
          return;
        }
        taken.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.server.address() as { port: number }).port;
});
beforeEach(async () => {
  taken.length = 0;
  answers = [];
  await database.pool.query("delete from mail_outbox");
});
after(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await database.close();
});

function openLane(user = `aviso:${encodeURIComponent(PASSWORD)}@`, instanceId = ids.next(nowMs)) {
  const mailer = createMailer({
    url: `smtp://${user}127.0.0.1:${port}`,
    from: "Recado <avisos@recado.example>",
  });
  assert.ok(mailer);
  const lane = createMailLane({
    pool: database.pool,
    clock: { now: () => nowMs },
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
    mailer,
    instanceId,
    intervalMs: 2_000_000_000,
    random: () => 0.5,
  });
  return {
    async look() {
      lane.start();
      await lane.stop();
    },
    close: mailer.close,
  };
}

async function put(count = 1): Promise<void> {
  const mails = Array.from({ length: count }, (_, index) => ({
    accountId: ACCOUNT,
    id: ids.next(nowMs),
    recipient: `ana${index}@example.com`,
    subject: "Saldo bajo: 900.00 COP en Año Nuevo",
    body: "Línea uno\n.\nfin\n",
  }));
  await insertMails(database.pool, mails, new Date(nowMs));
}

async function rows() {
  const found = await database.pool.query(
    "select state, attempts, error, due_at from mail_outbox order by id",
  );
  return found.rows;
}

describe("a mail of the outbox", () => {
  test("is sent once, whole, from whom it should, with its own Message-ID", async () => {
    const lane = openLane();
    await put();
    await lane.look();
    await lane.look();
    lane.close();
    assert.equal(taken.length, 1);
    const [mail = ""] = taken;
    assert.match(mail, /^From: Recado <avisos@recado.example>/mu);
    assert.match(mail, /^To: ana0@example.com/mu);
    assert.match(mail, /^Message-ID: <[0-9a-f-]{36}@recado\.example>/mu);
    assert.match(mail, /^Subject: =\?UTF-8\?/mu);
    assert.deepEqual(
      (await rows()).map((row) => [row.state, row.attempts]),
      [["sent", 1]],
    );
  });

  test("that the server puts off is tried again later, and given up in the end", async () => {
    const lane = openLane();
    await put();
    answers = Array.from({ length: 20 }, () => 451);
    for (let round = 0; round < 20; round += 1) {
      await lane.look();
      const [row] = await rows();
      if (row.state === "failed") break;
      assert.ok(row.due_at.getTime() > nowMs);
      const attempts = row.attempts;
      await lane.look();
      assert.equal((await rows())[0].attempts, attempts);
      nowMs = row.due_at.getTime();
    }
    lane.close();
    assert.deepEqual(
      (await rows()).map((row) => [row.state, row.attempts]),
      [["failed", 8]],
    );
    assert.match((await rows())[0].error, /not now/u);
  });

  test("that the server will never take is not tried again", async () => {
    const lane = openLane();
    await put();
    answers = [550];
    await lane.look();
    lane.close();
    assert.deepEqual(
      (await rows()).map((row) => [row.state, row.attempts]),
      [["failed", 1]],
    );
  });

  test("waits while the password is wrong or nobody listens, and no password is seen anywhere", async () => {
    await put();
    const wrong = openLane("aviso:equivocada@");
    await wrong.look();
    wrong.close();
    const [row] = await rows();
    assert.equal(row.state, "pending");
    const seen = lines.join("") + row.error;
    for (const secret of ["equivocada", PASSWORD, encodeURIComponent(PASSWORD)]) {
      assert.equal(seen.includes(secret), false);
    }
    nowMs += 3_600_000;
    const right = openLane();
    await right.look();
    right.close();
    assert.equal(taken.length, 1);
  });

  test("of a process that died with it is sent by another, and each of many by one of two", async () => {
    await put(20);
    await database.pool.query(
      "update mail_outbox set state = 'sending', owner = $1, due_at = $2 where recipient = 'ana0@example.com'",
      [ids.next(nowMs), new Date(nowMs + 180_000)],
    );
    const lanes = [openLane(), openLane()];
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(lanes.map((lane) => lane.look()));
    }
    assert.equal(taken.length, 19);
    nowMs += 180_000;
    await Promise.all(lanes.map((lane) => lane.look()));
    for (const lane of lanes) lane.close();
    assert.equal(taken.length, 20);
    const recipients = taken.map((mail) => /^To: (.*)$/mu.exec(mail)?.[1]?.trim());
    assert.equal(new Set(recipients).size, 20);
  });

  test("that is known to be sent is not sent again when that could not be written down", async () => {
    const lane = openLane();
    await put();
    await lane.look();
    await database.pool.query("update mail_outbox set state = 'sending', due_at = $1", [
      new Date(nowMs),
    ]);
    await lane.look();
    lane.close();
    assert.equal(taken.length, 1);
    assert.equal((await rows())[0].state, "sent");
  });
});

test("a URL that is none is refused without being repeated", () => {
  const from = "x@example.com";
  for (const url of ["secreto", "http://a:secreto@b", "smtp://", "smtp://secreto:x@"]) {
    assert.throws(
      () => createMailer({ url, from }),
      (error: Error) => !JSON.stringify([error.message, { ...error }]).includes("secreto"),
      url,
    );
  }
  assert.equal(createMailer({ url: "", from }), null);
});
