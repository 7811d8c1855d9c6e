using System.Globalization;

namespace SdkChat.Development.Nodes;

/// <summary>nginx in front of several nodes, with the minimum configuration for streams and tenant hosts.</summary>
internal static class NginxBalancer
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin"];

    /// <summary>The path of nginx; null if it is not installed.</summary>
    public static string? Find() => Folders.Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    public static SupervisedProcess Start(string nginx, string folder, int port, IEnumerable<int> nodes)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName;
        var file = Path.Combine(home, "nginx.conf");
        File.WriteAllText(file, Configuration(home, port, nodes));
        return SupervisedProcess.Start(
            Path.Combine(home, "nginx.log"), [nginx, "-c", file, "-p", home, "-e", Path.Combine(home, "error.log")]);
    }

    /// <summary>
    /// HTTP/1.1 to the nodes keeps connections open between requests. The Host header is passed on, since it identifies the tenant.
    /// </summary>
    private static string Configuration(string home, int port, IEnumerable<int> nodes) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        daemon off;
        worker_processes 1;
        pid {{home}}/nginx.pid;
        error_log {{home}}/error.log;
        events { worker_connections 16384; }
        http {
          access_log off;
          client_body_temp_path {{home}}/body; proxy_temp_path {{home}}/proxy; fastcgi_temp_path {{home}}/fastcgi;
          uwsgi_temp_path {{home}}/uwsgi; scgi_temp_path {{home}}/scgi;
          upstream nodes {
            {{string.Join(" ", nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"server 127.0.0.1:{node} max_fails=1 fail_timeout=2s;")))}}
          }
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://nodes;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $http_host;
              proxy_connect_timeout 2s;
            }
          }
        }
        """);
}
