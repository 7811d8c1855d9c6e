export { waitAfter } from "./backoff.js";
export { SdkChatClient } from "./client.js";
export { SdkChatError } from "./errors.js";
export { SdkChatStream } from "./stream.js";
//# sourceMappingURL=index.js.map