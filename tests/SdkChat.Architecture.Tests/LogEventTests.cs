using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SdkChat.Architecture.Tests;

/// <summary>Each kind of log line has a number of its own, which docs/operations/log-events.md explains.</summary>
public sealed class LogEventTests
{
    private const string Marker = "<!-- generated table: SDKCHAT_WRITE_DOCS=1 ./sdkchat test --filter LogEvent -->\n";

    private static readonly (MethodInfo Method, LoggerMessageAttribute Message)[] Events =
    [
        .. from assembly in new[] { Codebase.Domain, Codebase.Application, Codebase.Infrastructure, Codebase.Api }
           from type in assembly.GetTypes()
           from method in type.GetMethods(
               BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (method, message),
    ];

    [Test]
    public void Events_All_HaveANumberOfTheirOwn() =>
        Events.GroupBy(found => found.Message.EventId).Where(group => group.Key is < 1000 or > 9999 || group.Count() > 1)
            .SelectMany(group => group.Select(found => $"{group.Key}: {found.Method.DeclaringType!.Name}.{found.Method.Name}"))
            .Should().BeEmpty();

    [Test]
    public void Table_OfTheDocumentation_MatchesTheEvents()
    {
        var path = Codebase.PathOf("docs/operations/log-events.md");
        var page = File.ReadAllText(path);
        var begin = page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        begin.Should().BeGreaterThanOrEqualTo(Marker.Length);
        if (Environment.GetEnvironmentVariable("SDKCHAT_WRITE_DOCS") == "1")
            File.WriteAllText(path, page = page[..begin] + Table());

        page[begin..].Should().Be(Table(), "the comment above the table has the command that writes it");
    }

    private static string Table() =>
        "| id | level | category | message |\n|---|---|---|---|\n"
        + string.Concat(Events.Select(found =>
            $"| {found.Message.EventId} | {found.Message.Level} | {Category(found.Method.DeclaringType!)} | {found.Message.Message} |\n"));

    /// <summary>A base class logs with the category of the class that derives from it.</summary>
    private static string Category(Type type) => type.IsAbstract && !type.IsSealed ? "the derived class" : $"`{type.Name}`";
}
