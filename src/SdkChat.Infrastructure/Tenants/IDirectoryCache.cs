namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// A cache of tenants, keys or blocks. Every cache is cleared before any <see cref="IDirectoryListener"/> is called, so that a listener
/// reads the new state.
/// </summary>
internal interface IDirectoryCache
{
    /// <summary>Must return at once and not throw.</summary>
    void Clear();
}
