namespace SdkChat.Development.Seeding;

/// <summary>The rows stored so far. Only committed rows count. Thread-safe.</summary>
public sealed class SeedProgress
{
    private int _profiles;
    private int _chats;

    public int Profiles => Volatile.Read(ref _profiles);

    public int Chats => Volatile.Read(ref _chats);

    internal void AddProfiles(int count) => Interlocked.Add(ref _profiles, count);

    internal void AddChats(int count) => Interlocked.Add(ref _chats, count);
}
