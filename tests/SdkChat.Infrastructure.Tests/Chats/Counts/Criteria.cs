using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>Filters at random.</summary>
internal static class Criteria
{
    public static ChatFilter Random(Random random, DateTimeOffset around, int milliseconds) => new()
    {
        Statuses = random.Next(3) == 0 ? ChatStatuses.Any : (ChatStatuses)random.Next(16),
        Triggered = random.Next(3) switch { 0 => true, 1 => false, _ => null },
        From = random.Next(2) == 0 ? around.AddMilliseconds(random.Next(milliseconds)) : null,
        To = random.Next(2) == 0 ? around.AddMilliseconds(random.Next(milliseconds)) : null,
    };
}
