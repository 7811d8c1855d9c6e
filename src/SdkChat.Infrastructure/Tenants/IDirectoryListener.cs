namespace SdkChat.Infrastructure.Tenants;

/// <summary>Whoever keeps something of the directory (tenants, keys) in memory.</summary>
internal interface IDirectoryListener
{
    /// <summary>A tenant or a key was added, changed or removed somewhere. Must return at once and not throw.</summary>
    void DirectoryChanged();
}
