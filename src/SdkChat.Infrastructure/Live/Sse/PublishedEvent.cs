using SdkChat.Application.Live;
using SdkChat.Domain.Profiles;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>A frame, and what a subscriber's filter looks at.</summary>
internal readonly record struct PublishedEvent(SseFrame Frame, LiveEvents Kind, ProfileId Profile);
