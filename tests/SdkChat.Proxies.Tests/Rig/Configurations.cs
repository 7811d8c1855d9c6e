namespace SdkChat.Proxies.Tests.Rig;

/// <summary>Each proxy twice: as it comes, and as we ship it.</summary>
internal static class Configurations
{
    private const string ShippedNode = "127.0.0.1:5080";

    /// <summary>nginx with nothing but where to go: HTTP/1.0 upstream, answers buffered, a minute's patience.</summary>
    public static string BareNginx(string node, Certificate certificate, int plain, int secure) => Nginx(
        $$"""
        server {
          listen 127.0.0.1:{{plain}};
          listen 127.0.0.1:{{secure}} ssl http2;
          ssl_certificate {{certificate.Chain}};
          ssl_certificate_key {{certificate.Key}};
          location / { proxy_pass http://{{node}}; }
        }
        """);

    public static string ShippedNginx(string node, Certificate certificate, int plain, int secure) => Nginx(Put(
        "nginx.conf",
        (ShippedNode, node),
        ("listen 443 ssl http2;", $"listen 127.0.0.1:{plain}; listen 127.0.0.1:{secure} ssl http2;"),
        ("/etc/ssl/sdkchat/fullchain.pem", certificate.Chain),
        ("/etc/ssl/sdkchat/privkey.pem", certificate.Key)));

    /// <summary>HAProxy has no time-outs of its own, and says that it should; these are the ones that Debian's package brings.</summary>
    public static string BareHaproxy(string node, Certificate certificate, int plain, int secure) =>
        $"""
        defaults
          mode http
          timeout connect 5000
          timeout client 50000
          timeout server 50000
        listen node
          bind 127.0.0.1:{plain}
          bind 127.0.0.1:{secure} ssl crt {certificate.Both} alpn h2,http/1.1
          server node {node}

        """;

    public static string ShippedHaproxy(string node, Certificate certificate, int plain, int secure) => Put(
        "haproxy.cfg",
        // Each connection takes two files, and a test may not be allowed as many.
        ("maxconn 50000", "maxconn 1000"),
        (ShippedNode, node),
        ("bind :443 ssl crt /etc/ssl/sdkchat/fullchain-and-key.pem", $"bind 127.0.0.1:{plain}\n    bind 127.0.0.1:{secure} ssl crt {certificate.Both}"));

    private static string Nginx(string server) =>
        $$"""
        daemon off;
        worker_processes 1;
        pid {home}/nginx.pid;
        error_log {home}/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
          uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
          {{server}}
        }
        """;

    /// <summary>The shipped file with this test's addresses in it. A line that is not there any more would test nothing.</summary>
    private static string Put(string file, params (string Shipped, string Here)[] places)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));
        foreach (var (shipped, here) in places)
        {
            text.Should().Contain(shipped, file);
            text = text.Replace(shipped, here, StringComparison.Ordinal);
        }

        return text;
    }
}
