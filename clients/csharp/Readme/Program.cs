using SdkChat.Client;

using var client = new SdkChatClient(new() { BaseAddress = new Uri(args[0]), Token = _ => new(args[1]) });
await foreach (var happened in client.EventsAsync())
{
    if (happened is StreamReady) Console.WriteLine($"live: {(await client.ListChatsAsync()).Total} chats so far");
    if (happened is ChatCompleted { ChatId: var chat }) Console.WriteLine($"completed: {(await client.GetChatAsync(chat)).Prompt}");
    if (happened is BacklistTriggered { NotificationItems: var items }) Console.WriteLine($"back list: {items.Count} items");
}
