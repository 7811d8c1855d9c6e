// Watches a real service and tells each thing that happens as a line of JSON. With the name of a file that holds the token, the
// token is read anew each time. What comes in on standard input, line by line, is done: call, open, close.
// node dist/test/watch.js URL TOKEN_FILE
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { SdkChatClient, SdkChatError, SdkChatStream } from "../src/index.js";
const [baseUrl = "", tokenFile = ""] = process.argv.slice(2);
const say = (what, data) => console.log(JSON.stringify({ what, data }));
const client = new SdkChatClient({ baseUrl, token: () => readFileSync(tokenFile, "utf8") });
const stream = new SdkChatStream(client, {
    backoff: { base: 100, max: 400 },
    watchdog: Number(process.env["WATCHDOG"] ?? 60_000),
    refetch: async (why) => say("refetch", { why, total: (await client.listChats()).total }),
    state: (state, refusal) => say("state", { state, code: refusal?.code ?? null, retry_after: refusal?.retryAfterSeconds ?? null }),
    error: (error) => say("error", String(error)),
});
stream.on("chat_completed", (data) => say("chat_completed", data));
stream.on("backlist_triggered", (data) => say("backlist_triggered", data));
stream.open();
for await (const line of createInterface({ input: process.stdin })) {
    if (line === "open")
        stream.open();
    else if (line === "close")
        stream.close();
    else
        await call(line);
}
async function call(chat_id) {
    try {
        const first = await client.get("/api/v1/sdk-chat/{chat_id}", { path: { chat_id } });
        const again = await client.get("/api/v1/sdk-chat/{chat_id}", { path: { chat_id }, header: { "If-None-Match": first.etag ?? "" } });
        const all = [];
        for await (const chat of client.chats({ size: 1 }))
            all.push(chat.chat_id);
        say("call", { prompt: first.data.prompt, again: again.status, all });
    }
    catch (error) {
        say("call", error instanceof SdkChatError ? { status: error.status, code: error.code, errors: error.errors } : String(error));
    }
}
//# sourceMappingURL=watch.js.map