using SdkChat.Application.Common.Documents;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// The limit of documents in SQL, for an expression <c>d.document</c>. jsonb stores <c>1e131071</c> in a few bytes and writes it with
/// 131,072 digits. The text of a document that was stored without a limit may therefore be a thousand times its stored size, and must not
/// be created to be measured.
/// </summary>
internal static class ProfileDocumentSql
{
    /// <summary>
    /// An element takes at least three bytes of text and at most twelve of jsonb: a document of more than eight times the limit exceeds it
    /// as text too.
    /// </summary>
    private const string MaxStored = "2097152";

    /// <summary>This many numbers of more than a thousand digits exceed the limit by themselves; fewer are at most 40 MB of text.</summary>
    private const string MaxLongNumbers = "262";

    private const string MaxText = "262144";

    /// <summary>
    /// Whether the document is within <see cref="DocumentLimit.MaxBytes"/>. Each step makes the next one affordable: the stored size,
    /// compressed; the size unpacked, by merging an empty patch; the numbers; the text.
    /// </summary>
    public const string Fits =
        $$"""
        case
                 when pg_column_size(d.document) > {{MaxStored}} then false
                 when pg_column_size(d.document || '{}'::jsonb) > {{MaxStored}} then false
                 when (
                   select count(*) from jsonb_path_query(d.document, 'strict $.** ? (@.type() == "number")') number
                   where abs(number::numeric) >= 1e1000 or scale(number::numeric) > 1000
                 ) > {{MaxLongNumbers}} then false
                 else octet_length(d.document::text) <= {{MaxText}}
               end
        """;

    /// <summary>The document's text; null if it is too large.</summary>
    public const string Text = $"case when {Fits} then d.document::text end";
}
