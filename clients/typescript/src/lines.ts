/** The JSON values of a body with one a line, as they arrive. A last line that is cut off is an error. */
export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as T;
      if (done) break;
    }
    if (rest !== "") yield JSON.parse(rest) as T;
  } finally {
    await reader.cancel();
  }
}
