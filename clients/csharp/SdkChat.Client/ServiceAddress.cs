namespace SdkChat.Client;

/// <summary>Addresses of a service that is served at the root of a host, or below a path of it.</summary>
internal static class ServiceAddress
{
    /// <param name="address">Begins with a slash, and does not have the path of the base address.</param>
    public static Uri Combine(Uri baseAddress, string address) => new(baseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/') + address);

    /// <summary>
    /// The service writes whole paths into its links. A service that does not know its path (a proxy removes it) writes them without.
    /// </summary>
    public static string RemovePath(Uri baseAddress, string link)
    {
        var path = baseAddress.AbsolutePath.TrimEnd('/');
        return path.Length > 0 && (Begins("/api/") || Begins("/v1/")) ? link[path.Length..] : link;

        bool Begins(string address) => link.StartsWith(path + address, StringComparison.Ordinal);
    }
}
