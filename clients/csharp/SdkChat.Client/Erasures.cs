namespace SdkChat.Client;

/// <summary>What was erased of a person.</summary>
/// <param name="ProfileId">The person's profile.</param>
/// <param name="ErasureId">
/// The record of the erasure, which does not identify the person; null if the tenant has no such profile (any more).
/// </param>
/// <param name="ErasedAt">Null if nothing was erased.</param>
/// <param name="Chats">How many chats were erased.</param>
/// <param name="Sessions">How many sessions were erased.</param>
public sealed record ErasedProfile(Guid ProfileId, Guid? ErasureId, DateTimeOffset? ErasedAt, int Chats, int Sessions);
