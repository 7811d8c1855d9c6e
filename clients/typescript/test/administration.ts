// Keys, tenants and history of a real service: node administration.js ADDRESS TENANT_TOKEN TENANT_ID BACKOFFICE_TOKEN
import assert from "node:assert/strict";
import { SdkChatClient, SdkChatError } from "../src/index.js";

const [baseUrl = "", tenantToken = "", tenant = "", backofficeToken = ""] = process.argv.slice(2);
const own = new SdkChatClient({ baseUrl, token: tenantToken });
const backoffice = new SdkChatClient({ baseUrl, token: backofficeToken });

for (const [client, id] of [[own, undefined], [backoffice, tenant]] as const) {
  const created = await client.createApiKey("웹", 7, id);
  assert.ok(created.key.startsWith(created.key_prefix));
  const listed = (await client.listApiKeys({ size: 100 }, id)).items.find((key) => key.key_prefix === created.key_prefix);
  assert.equal(listed?.status, "active");
  assert.equal((await client.revokeApiKey(created.key_prefix, id)).status, "revoked");
  await assert.rejects(client.revokeApiKey("osk_demo_00000000", id),
    (error) => error instanceof SdkChatError && error.code === "API_KEY_NOT_FOUND");
}

const added = await backoffice.addTenant("typescript-test", "TypeScript");
assert.deepEqual(await backoffice.updateTenant(added.tenant_id, { name: "Renamed", enabled: false }),
  { ...added, name: "Renamed", enabled: false });

const overview = await backoffice.getTenantOverview({ name: "typescript-test", tz: "Asia/Tokyo", size: 1 });
assert.deepEqual(overview.items.map((item) => [item.tenant_id, item.chats, item.waiting_since]), [[added.tenant_id, 0, null]]);

const screen = await own.addScreen("Counter");
assert.deepEqual((await own.listScreens()).map((listed) => listed.screen_id), [screen.screen_id]);
await own.revokeScreen(screen.screen_id);
assert.deepEqual(await own.listScreens(), []);

const block = await backoffice.block({ tenant_id: tenant, subject: "taken-over", until: "2099-01-01T00:00:00+09:00", reason: "Test" });
assert.equal(block.until, "2098-12-31T15:00:00Z");
assert.deepEqual((await backoffice.listBlocks({ tenant_id: tenant })).items, [block]);
assert.deepEqual(await backoffice.unblock(block.block_id), block);

const unknown = "01990000-0000-7000-8000-000000000001";
assert.deepEqual(await backoffice.eraseProfile(tenant, unknown, unknown),
  { profile_id: unknown, erasure_id: null, erased_at: null, chats: 0, sessions: 0 });

let entries = await backoffice.listAudit({
  tenant_id: tenant, action: "unblock_subject", from: "2026-01-01", to: "2099-01-01T00:00:00Z", tz: "Asia/Seoul",
});
for (let tries = 0; entries.total === 0 && tries < 1200; tries++) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  entries = await backoffice.listAudit({ tenant_id: tenant, action: "unblock_subject" });
}
assert.equal(entries.items[0]?.target_id, block.block_id);
assert.ok(Array.isArray((await own.listAccess({ size: 1 })).items));

const [chat] = (await own.listChats()).items;
assert.ok(chat);
assert.equal((await own.getStats({ from: "2020-01-01", to: "2020-01-02", bucket: "hour" })).buckets.length, 24);
assert.equal((await own.getStats({ from: chat.created_at, questions: true })).questions?.[0]?.text, chat.prompt);
assert.equal((await backoffice.getAllStats({ bucket: "week", group_by: "tenant" })).bucket, "week");
const exported = [];
for await (const row of own.exportChats()) exported.push(row);
assert.deepEqual(exported, (await own.listChats()).items);
for await (const row of own.exportChatDetails({ q: chat.chat_id })) assert.equal(row.back_list_status, "not_started");
for await (const row of backoffice.exportAllChats({ tenant_id: tenant })) assert.equal(row.tenant_id, tenant);
assert.equal((await own.waitForChat(chat.chat_id, (found) => found.status === chat.status)).chat_id, chat.chat_id);
await assert.rejects(backoffice.waitForAnyChat(chat.chat_id, () => false, AbortSignal.timeout(500)), { name: "TimeoutError" });
console.log("done");
