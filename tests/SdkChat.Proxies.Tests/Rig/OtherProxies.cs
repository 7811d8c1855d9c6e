using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>Proxies for which nothing is shipped, each with the lines that docs/proxies.md has for it.</summary>
internal static class OtherProxies
{
    private const string ApacheModules = "/usr/lib/apache2/modules";

    /// <summary>Its folder. Two fixtures start one at the same time.</summary>
    private static readonly Lazy<string> HttpProxy = new(InstallHttpProxy);

    /// <summary>Starts those that are installed.</summary>
    /// <param name="started">Each is added as soon as it runs: where one fails, whoever asked stops the others.</param>
    public static async Task StartAsync(string folder, string node, Certificate certificate, ICollection<Proxy> started)
    {
        if (Programs.Find("apache2") is { } apache)
            started.Add(
                await Proxy.StartAsync(
                    "apache", folder, file => [apache, "-D", "FOREGROUND", "-f", file],
                    (plain, secure) => Apache(node, certificate, plain, secure), certificate));
        if (Programs.Find("caddy") is { } caddy)
            started.Add(
                await Proxy.StartAsync(
                    "caddy", folder, file => Caddy(caddy, file), (plain, secure) => Caddyfile(node, certificate, plain, secure),
                    certificate));
        if (Programs.Find("varnishd") is { } varnish)
            started.Add(
                await Proxy.StartPlainAsync("varnish", folder, (file, port) => Varnish(varnish, file, port), _ => Vcl(node), certificate));
        if (Programs.Find("node") is not null && Programs.Find("npm") is not null)
            started.Add(
                await Proxy.StartPlainAsync(
                    "http-proxy", folder, (_, port) => ["node", Path.Combine(HttpProxy.Value, "proxy.mjs"), $"http://{node}", $"{port}"],
                    _ => "", certificate));
    }

    private static string Apache(string node, Certificate certificate, int plain, int secure) =>
        $$"""
        ServerRoot {home}
        DefaultRuntimeDir {home}
        PidFile {home}/apache.pid
        ErrorLog {home}/error.log
        Mutex file:{home}
        {{string.Join('\n', new[] { "mpm_event", "authz_core", "headers", "proxy", "proxy_http", "ssl", "http2" }.Select(module => $"LoadModule {module}_module {ApacheModules}/mod_{module}.so"))}}
        User www-data
        Group www-data
        ServerName sdkchat.test
        Protocols h2 http/1.1
        Listen 127.0.0.1:{{plain}}
        Listen 127.0.0.1:{{secure}}

        ProxyPass / http://{{node}}/
        ProxyPreserveHost On
        ProxyAddHeaders Off
        RequestHeader set X-Forwarded-For "expr=%{REMOTE_ADDR}"
        RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
        RequestHeader unset X-Forwarded-Host

        <VirtualHost 127.0.0.1:{{secure}}>
          SSLEngine on
          SSLCertificateFile {{certificate.Chain}}
          SSLCertificateKeyFile {{certificate.Key}}
        </VirtualHost>
        """;

    /// <summary>It sends Host, scheme and address on by itself, and flushes each event.</summary>
    private static string Caddyfile(string node, Certificate certificate, int plain, int secure) =>
        $$"""
        {
          admin off
          auto_https off
          storage file_system {home}
          servers {
            protocols h1 h2
          }
        }

        :{{plain}} {
          bind 127.0.0.1
          reverse_proxy {{node}}
        }

        :{{secure}} {
          bind 127.0.0.1
          tls {{certificate.Chain}} {{certificate.Key}}
          reverse_proxy {{node}}
        }

        """;

    /// <summary>It keeps what it was told last, and must not do so in the user's home.</summary>
    private static string[] Caddy(string caddy, string file)
    {
        var home = Path.GetDirectoryName(file)!;
        return ["env", $"XDG_CONFIG_HOME={home}", $"XDG_DATA_HOME={home}", caddy, "run", "--adapter", "caddyfile", "--config", file];
    }

    private static string Vcl(string node) =>
        $$"""
        vcl 4.1;

        backend sdkchat {
          .host = "{{node.Split(':')[0]}}";
          .port = "{{node.Split(':')[1]}}";
        }

        sub vcl_recv {
          return (pass);
        }

        """;

    private static string[] Varnish(string varnish, string file, int port) =>
    [
        varnish, "-F", "-j", "none", "-n", Path.Combine(Path.GetDirectoryName(file)!, "varnish"), "-a", $"127.0.0.1:{port}", "-T", "none",
        "-s", "malloc,16m", "-f", file,
    ];

    /// <summary>Installs the package where its lock file is; once a build.</summary>
    private static string InstallHttpProxy()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var npm = Process.Start(
                new ProcessStartInfo("npm", ["ci", "--silent", "--no-audit", "--no-fund"]) { WorkingDirectory = folder })!;
            npm.WaitForExit();
            npm.ExitCode.Should().Be(0, "npm must be able to install the package");
        }

        return folder;
    }
}
