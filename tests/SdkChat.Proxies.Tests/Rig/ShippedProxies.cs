using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>The proxies of <c>deploy/</c>, each with its shipped file and any number of nodes.</summary>
internal static class ShippedProxies
{
    public const string Nginx = "nginx";
    public const string ComposeNginx = "compose";
    public const string Haproxy = "haproxy";

    /// <summary>Skips the test where the program is not installed.</summary>
    /// <param name="change">What a test needs shorter than shipped.</param>
    public static async Task<Proxy> StartAsync(
        string file, string folder, IReadOnlyList<string> nodes, Certificate certificate, Func<string, string>? change = null)
    {
        var program = Programs.Find(file == Haproxy ? "haproxy" : "nginx");
        if (program is null)
            Assert.Ignore($"{file} is not installed.");
        string[] Command(string path) =>
            file == Haproxy ? [program, "-db", "-f", path] : [program, "-c", path, "-p", folder, "-e", path + ".log"];
        string Configuration(int plain, int secure) => (change ?? (text => text))(file switch
        {
            Nginx => Configurations.ShippedNginx(nodes, certificate, plain, secure),
            ComposeNginx => Configurations.ComposeNginx(nodes, plain),
            _ => Configurations.ShippedHaproxy(nodes, certificate, plain, secure),
        });
        var name = $"{file}-{Guid.NewGuid():N}";
        return file == ComposeNginx
            ? await Proxy.StartPlainAsync(name, folder, (path, _) => Command(path), plain => Configuration(plain, 0), certificate)
            : await Proxy.StartAsync(name, folder, Command, Configuration, certificate);
    }
}
