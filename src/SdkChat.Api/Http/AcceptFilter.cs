using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http;

/// <summary>
/// Answers 406 where <c>Accept</c> rules out what an action answers: JSON, or what its <see cref="ProducesAttribute"/>
/// says. An <c>Accept</c> that cannot be read rules out nothing.
/// </summary>
internal sealed class AcceptFilter : IResourceFilter
{
    private const string Json = "application/json";

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "" or "*/*" or Json))
            return;

        var produced = context.ActionDescriptor.EndpointMetadata.OfType<ProducesAttribute>().FirstOrDefault()?.ContentTypes[0] ?? Json;
        if (MediaTypeHeaderValue.TryParseList(accept, out var ranges) && !Admits(ranges, new MediaTypeHeaderValue(produced)))
            context.Result = new FailureResult(new Failure(ErrorCode.NotAcceptable, $"The answer can only be {produced}."));
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    /// <summary>The most specific range that covers the type decides; a quality of 0 rules it out.</summary>
    private static bool Admits(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        var best = ranges
            .Where(range => type.IsSubsetOf(WithoutQuality(range)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return best is not null && best.Quality is null or > 0;
    }

    private static MediaTypeHeaderValue WithoutQuality(MediaTypeHeaderValue range) => new(range.MediaType);
}
