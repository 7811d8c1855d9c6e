namespace SdkChat.Development.Seeding;

/// <summary>What has been stored so far, for whoever watches from another thread. Counts only what is committed.</summary>
public sealed class SeedProgress
{
    private int _profiles;
    private int _chats;

    public int Profiles => Volatile.Read(ref _profiles);

    public int Chats => Volatile.Read(ref _chats);

    internal void AddProfiles(int count) => Interlocked.Add(ref _profiles, count);

    internal void AddChats(int count) => Interlocked.Add(ref _chats, count);
}
