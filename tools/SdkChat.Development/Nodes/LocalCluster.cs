using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Nodes;

/// <summary>Several nodes on one database, each with its own process and port, behind nginx if that is installed.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<SupervisedProcess> _processes = [];
    private readonly List<int> _ports = [];

    private LocalCluster(int port) => Address = Local(port);

    /// <summary>The address for clients: the load balancer, or the first node.</summary>
    public string Address { get; private set; }

    /// <summary>Whether nginx is in front of the nodes.</summary>
    private bool IsBalanced { get; set; }

    /// <param name="address">The address of the load balancer. The nodes use the following ports, or any if its port is 0.</param>
    /// <param name="folder">The development folder, with the keys that all nodes share, and their logs.</param>
    public static async Task<LocalCluster> StartAsync(
        BindingAddress address, int nodes, string folder, string connectionString, CancellationToken cancellationToken)
    {
        var cluster = new LocalCluster(address.Port == 0 ? FreePort() : address.Port);
        try
        {
            var port = new Uri(cluster.Address).Port;
            for (var node = 1; node <= nodes; node++)
                cluster.StartNode(node, address.Port == 0 ? FreePort() : port + node, folder, connectionString);
            await cluster.ReadyAsync(folder, cancellationToken);
            cluster.Balance(port, folder);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Addresses of the nodes and where their logs are, for the start banner.</summary>
    public string Describe(string folder) =>
        $"{string.Join(", ", _ports.Select(Local))} ({(IsBalanced ? "nginx in front" : "nginx is not installed: call any of them")}; "
        + $"logs in {folder}/node-*.log)";

    /// <summary>Stops the balancer first, so that no request reaches a node that is stopping.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
    }

    private void StartNode(int number, int port, string folder, string connectionString)
    {
        _ports.Add(port);
        _processes.Add(SupervisedProcess.Start(
            Log(folder, number),
            [Environment.ProcessPath!, typeof(LocalCluster).Assembly.Location, "up", "--no-demo", "--data", folder, "--urls", Local(port)],
            new Dictionary<string, string> { [$"ConnectionStrings__{DatabaseConnection.Name}"] = connectionString }));
    }

    private async Task ReadyAsync(string folder, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = TimeProvider.System.GetTimestamp();
        for (var node = 0; node < _ports.Count; node++)
        {
            while (!await IsReadyAsync(client, _ports[node], cancellationToken))
            {
                if (_processes[node].HasEnded || TimeProvider.System.GetElapsedTime(started) > StartLimit)
                    throw new CommandFailedException($"Node {node + 1} does not start: see {Log(folder, node + 1)}.");
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private void Balance(int port, string folder)
    {
        if (NginxBalancer.Find() is { } nginx)
        {
            _processes.Add(NginxBalancer.Start(nginx, folder, port, _ports));
            IsBalanced = true;
        }
        else
        {
            Address = Local(_ports[0]);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri($"{Local(port)}/health/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception)
            when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static string Log(string folder, int node) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"node-{node}.log"));
}
