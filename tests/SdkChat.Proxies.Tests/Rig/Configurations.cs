namespace SdkChat.Proxies.Tests.Rig;

/// <summary>Each proxy twice: as it comes, and as we ship it.</summary>
internal static class Configurations
{
    private const string ShippedNode = "127.0.0.1:5080";

    /// <summary>What a test's nginx, which shares its machine with others, needs around a server.</summary>
    private const string NginxHome =
        """
        access_log off;
          client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
          uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
        """;

    private const string NginxProcess = "daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;\n";

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

    public static string ShippedNginx(IEnumerable<string> nodes, Certificate certificate, int plain, int secure) => Nginx(Put(
        "nginx.conf",
        (LineOf("nginx.conf", ShippedNode), Each(LineOf("nginx.conf", ShippedNode), ShippedNode, nodes)),
        ("listen 443 ssl http2;", $"listen 127.0.0.1:{plain}; listen 127.0.0.1:{secure} ssl http2;"),
        ("/etc/ssl/sdkchat/fullchain.pem", certificate.Chain),
        ("/etc/ssl/sdkchat/privkey.pem", certificate.Key)));

    /// <summary>The file of the compose deployment, which is a whole one.</summary>
    public static string ComposeNginx(IEnumerable<string> nodes, int plain) => NginxProcess + Put(
        "compose-nginx.conf",
        ("worker_connections 20000;", "worker_connections 1024;"),
        ("http {", $"http {{\n  {NginxHome}"),
        (LineOf("compose-nginx.conf", "node-1:8080"), Each(LineOf("compose-nginx.conf", "node-1:8080"), "node-1:8080", nodes)),
        (LineOf("compose-nginx.conf", "node-2:8080"), ""),
        (LineOf("compose-nginx.conf", "node-3:8080"), ""),
        ("listen 8080;", $"listen 127.0.0.1:{plain};"));

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

    public static string ShippedHaproxy(IEnumerable<string> nodes, Certificate certificate, int plain, int secure) => Put(
        "haproxy.cfg",
        // Each connection takes two files, and a test may not be allowed as many.
        ("maxconn 50000", "maxconn 1000"),
        (LineOf("haproxy.cfg", "node1 "), Each(LineOf("haproxy.cfg", "node1 "), ShippedNode, nodes)),
        (LineOf("haproxy.cfg", "node1-unready "), Each(LineOf("haproxy.cfg", "node1-unready "), ShippedNode, nodes)),
        (
            "bind :443 ssl crt /etc/ssl/sdkchat/fullchain-and-key.pem",
            $"bind 127.0.0.1:{plain}\n    bind 127.0.0.1:{secure} ssl crt {certificate.Both}"));

    /// <summary>The one shipped line that contains a text.</summary>
    private static string LineOf(string file, string text) =>
        Shipped(file).Split('\n').Single(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The shipped line, once for each node, which HAProxy wants to have different names.</summary>
    private static string Each(string line, string shipped, IEnumerable<string> nodes) => string.Join(
        '\n',
        nodes.Select((node, index) => line.Replace(shipped, node, StringComparison.Ordinal).Replace(
            "server node1", $"server node{index + 1}", StringComparison.Ordinal)));

    private static string Nginx(string server) =>
        $$"""
        {{NginxProcess}}
        events { worker_connections 1024; }
        http {
          {{NginxHome}}
          {{server}}
        }
        """;

    /// <summary>The shipped file with this test's addresses in it. A line that is not there any more would test nothing.</summary>
    private static string Put(string file, params (string Shipped, string Here)[] places)
    {
        var text = Shipped(file);
        foreach (var (shipped, here) in places)
        {
            text.Should().Contain(shipped, file);
            text = text.Replace(shipped, here, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Shipped(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));
}
