using System.Net;
using System.Net.Sockets;
using System.Text;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>nginx with the nchan module, one worker, as Debian packages them.</summary>
internal sealed class NchanServer : IServer
{
    private const string Module = "/usr/lib/nginx/modules/ngx_nchan_module.so";

    private readonly ChildProcess _nginx;
    private readonly string _folder;
    private readonly Socket _publisher = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answers = new byte[64 * 1024];

    private NchanServer(ChildProcess nginx, string folder, int port) => (_nginx, _folder, Port) = (nginx, folder, port);

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => File.Exists(Module);

    public string Name => "nchan";

    public int Port { get; }

    public IReadOnlyList<int> Processes => ProcessCost.WithChildren(_nginx.Id);

    public static async Task<NchanServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-nchan-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        var port = FreePort.Find();
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(folder, port), cancellationToken);
        var nginx = ChildProcess.Start("nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", "stderr"]);
        var server = new NchanServer(nginx, folder, port);
        await FreePort.UntilOpenAsync(port, cancellationToken);
        await server._publisher.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return server;
    }

    public IReadOnlyCollection<string> Requests(int count) => [.. Enumerable.Repeat("/sub", count)];

    /// <summary>Several at once in one pipeline, as a publisher in a hurry would.</summary>
    public async Task PublishAsync(int first, int count, CancellationToken cancellationToken)
    {
        var posts = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var json = Payload.Json(Payload.NewId(first + i));
            posts.Append("POST /pub HTTP/1.1\r\nHost: localhost\r\nX-EventSource-Event: chat_completed\r\nContent-Length: ")
                .Append(json.Length).Append("\r\n\r\n").Append(json);
        }

        await _publisher.SendAsync(Encoding.ASCII.GetBytes(posts.ToString()), cancellationToken);
        for (var answered = 0; answered < count;)
        {
            var read = await _publisher.ReceiveAsync(_answers, cancellationToken);
            if (read == 0)
                throw new InvalidOperationException("nginx has hung up on its publisher.");
            answered += _answers.AsSpan(0, read).Count("HTTP/1.1 20"u8);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        await _nginx.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(string folder, int port) =>
        $$"""
        load_module {{Module}};
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid {{folder}}/nginx.pid;
        events { worker_connections 19000; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
          keepalive_requests 100000000;
          server {
            listen 127.0.0.1:{{port}} backlog=4096;
            location = /sub { nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest; }
            location = /pub { nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 100; nchan_message_timeout 10s; }
          }
        }
        """;
}
