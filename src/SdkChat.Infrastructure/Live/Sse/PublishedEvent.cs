using SdkChat.Application.Live;
using SdkChat.Domain.Profiles;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>A frame, and the values that a subscriber's filter checks.</summary>
internal readonly record struct PublishedEvent(SseFrame Frame, LiveEvents Kind, ProfileId Profile);
