namespace SdkChat.Infrastructure.Tenants;

/// <summary>Acts on changes of tenants and keys. It is called after every <see cref="IDirectoryCache"/> was cleared.</summary>
internal interface IDirectoryListener
{
    /// <summary>A tenant or a key was added, changed or removed somewhere. Must return at once and not throw.</summary>
    void DirectoryChanged();
}
