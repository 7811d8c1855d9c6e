using System.Text.Json;

namespace SdkChat.TestSupport.Documents;

/// <summary>
/// The document of this repository. The contract suite has the other half of this class, and reads the document of any service.
/// </summary>
public sealed partial class ApiDocument
{
    public static string File => Repository.Path("docs/openapi.json");

    public static ApiDocument Committed { get; } = new(JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement.Clone());
}
