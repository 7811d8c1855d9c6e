using System.Text.Json.Nodes;

namespace SdkChat.Browser.Tests.Support;

/// <summary>A stock browser that Playwright cannot drive: the few commands that a test of another engine needs.</summary>
internal abstract class ForeignBrowser : IAsyncDisposable
{
    /// <summary>Enter among the keys of <see cref="TypeAsync"/>.</summary>
    public const char Enter = '\uE007';

    public const char Home = '\uE011';

    public abstract Task GotoAsync(Uri address);

    /// <summary>The value of an expression in the page, as text.</summary>
    public abstract Task<string> EvaluateAsync(string expression);

    /// <summary>Presses these keys, one after the other, in whatever has the focus.</summary>
    public abstract Task TypeAsync(string keys);

    public abstract ValueTask DisposeAsync();

    /// <summary>Both protocols describe input in the same way.</summary>
    protected static JsonArray KeyActions(string keys)
    {
        var actions = keys.SelectMany(key => new[] { KeyAction("keyDown", key), KeyAction("keyUp", key) });
        return [new JsonObject { ["type"] = "key", ["id"] = "keyboard", ["actions"] = new JsonArray([.. actions]) }];
    }

    private static JsonObject KeyAction(string type, char key) => new() { ["type"] = type, ["value"] = key.ToString() };
}
