using SdkChat.Client;

using var client = new SdkChatClient(new() { BaseAddress = new Uri(args[0]), Token = _ => new(args[1]) });
var today = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
var yesterday = new ChatFilter { Statuses = ["error"], From = today.AddDays(-1), To = today };
Console.WriteLine($"{(await client.CountChatsAsync(yesterday)).Total} failed");
await foreach (var chat in client.EnumerateChatsAsync(yesterday))
    Console.WriteLine($"{chat.ProfileSummary.Name}: {chat.Prompt} {chat.LastError}");
