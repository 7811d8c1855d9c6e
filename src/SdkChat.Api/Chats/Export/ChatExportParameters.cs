using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http.Binding;

namespace SdkChat.Api.Chats.Export;

/// <summary>The format of an export, and where it begins.</summary>
public sealed class ChatExportParameters
{
    [FromQuery(Name = "format")]
    public ExportFormat? Format { get; init; }

    [FromQuery(Name = "bom")]
    public bool? Bom { get; init; }

    [FromQuery(Name = "detail")]
    public bool? Detail { get; init; }

    [FromQuery(Name = "cursor")]
    public ExportCursor? Cursor { get; init; }
}

internal sealed class ChatExportParametersValidator : AbstractValidator<ChatExportParameters>
{
    public ChatExportParametersValidator()
    {
        RuleFor(export => export.Format).NotNull().OverridePropertyName("format").WithMessage(ExportFormatText.Message);
        RuleFor(export => export.Bom).NotEqual(true).When(export => export.Format is ExportFormat.Ndjson)
            .OverridePropertyName("bom").WithMessage("can be true only with format=csv.");
        RuleFor(export => export.Detail).NotEqual(true).When(export => export.Format is ExportFormat.Csv)
            .OverridePropertyName("detail").WithMessage("can be true only with format=ndjson.");
    }
}
