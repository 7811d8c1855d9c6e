using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SdkChat.Bench.Servers;

/// <summary>A pipeline whose runs go on for ever. Each line on standard input is answered with the number of calls.</summary>
internal static class PipelineMode
{
    private static readonly byte[] Running = """{"status":"running"}"""u8.ToArray();

    private static long _calls;

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.Out.WriteLine("up");
        while (await Console.In.ReadLineAsync() is not null)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls {Interlocked.Read(ref _calls)}"));
    }

    private static Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _calls);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Running.Length;
        return http.Response.Body.WriteAsync(Running).AsTask();
    }
}
