using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats.Export;

/// <summary>Writes the rows of an export in one format, to a stream in memory that is sent and emptied from time to time.</summary>
internal interface IChatExportWriter : IDisposable
{
    string ContentType { get; }

    string FileExtension { get; }

    /// <summary>Writes the text before the first row.</summary>
    void Begin();

    ValueTask WriteAsync(ChatListItem chat, CancellationToken cancellationToken);

    /// <summary>Writes all buffered rows to the stream.</summary>
    void Flush();
}
