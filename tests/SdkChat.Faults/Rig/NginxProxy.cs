using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Faults.Rig;

/// <summary>nginx in front of the nodes, with little beyond its defaults: what a shop would have.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly Process _process;

    private NginxProxy(Process process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    public static async Task<NginxProxy> StartAsync(string folder, IEnumerable<ApiNode> nodes)
    {
        var port = Programs.FreePort();
        var home = Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName;
        var file = Path.Combine(home, "nginx.conf");
        await File.WriteAllTextAsync(file, Configuration(home, port, nodes));
        var process = Process.Start(new ProcessStartInfo(
            Programs.Find("nginx")!, ["-c", file, "-p", home, "-e", Path.Combine(home, "error.log")]))!;
        var proxy = new NginxProxy(process, port);
        using var client = new HttpClient { BaseAddress = proxy.Address };
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return process.HasExited ? throw new InvalidOperationException($"nginx does not start: see {home}/error.log.") : false;
            }
        });
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // Told, not killed: its worker would outlive it.
        Signals.Send(_process, Signals.Terminate);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Configuration(string home, int port, IEnumerable<ApiNode> nodes) =>
        $$"""
        daemon off;
        worker_processes 1;
        pid {{home}}/nginx.pid;
        error_log {{home}}/error.log;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path {{home}}/body; proxy_temp_path {{home}}/proxy; fastcgi_temp_path {{home}}/fastcgi;
          uwsgi_temp_path {{home}}/uwsgi; scgi_temp_path {{home}}/scgi;
          upstream nodes {
            {{string.Join("\n    ", nodes.Select(node => $"server 127.0.0.1:{node.Port} max_fails=1 fail_timeout=1s;"))}}
          }
          server {
            listen 127.0.0.1:{{port}};
            proxy_connect_timeout 1s;
            location /v1/ { proxy_pass http://nodes; proxy_read_timeout 4s; }
            location / { proxy_pass http://nodes; proxy_http_version 1.1; proxy_set_header Connection ""; }
          }
        }
        """;
}
