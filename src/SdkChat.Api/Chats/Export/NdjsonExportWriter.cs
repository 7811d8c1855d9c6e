using System.Text.Json;
using AutoMapper;
using MediatR;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Chats.Export;

/// <summary>One JSON object per line: the list's item, or the detail.</summary>
internal sealed class NdjsonExportWriter(
    MemoryStream output, ChatScope scope, bool hasDetails, IMapper mapper, JsonSerializerOptions json,
    IMediator mediator) : IChatExportWriter
{
    public string ContentType => "application/x-ndjson";

    public string FileExtension => "ndjson";

    public void Begin()
    {
    }

    public ValueTask WriteAsync(ChatListItem chat, CancellationToken cancellationToken)
    {
        if (hasDetails)
            return WriteDetailAsync(chat, cancellationToken);

        if (scope is ChatScope.Backoffice)
            WriteLine(mapper.Map<AdminChatListItemResponse>(chat));
        else
            WriteLine(mapper.Map<ChatListItemResponse>(chat));
        return ValueTask.CompletedTask;
    }

    public void Flush()
    {
    }

    public void Dispose()
    {
    }

    private async ValueTask WriteDetailAsync(ChatListItem chat, CancellationToken cancellationToken)
    {
        var query = new GetChatDetailQuery(scope is ChatScope.Backoffice ? new ChatScope.Backoffice() : scope, chat.Chat);
        try
        {
            using var detail = await mediator.Send(query, cancellationToken);
            WriteLine(mapper.Map<ChatDetailResponse>(detail));
        }
        catch (NotFoundException)
        {
            // The chat was erased after its page was read.
        }
    }

    private void WriteLine<T>(T row)
    {
        var start = (int)output.Position;
        JsonSerializer.Serialize(output, row, json);
        // The pipeline's arrays are unchanged and may have line breaks between values. JSON strings cannot contain any.
        var line = output.GetBuffer().AsSpan(start, (int)output.Position - start);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        output.WriteByte((byte)'\n');
    }
}
