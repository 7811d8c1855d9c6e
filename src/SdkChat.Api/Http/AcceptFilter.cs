using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http;

/// <summary>
/// Responds with 406 if <c>Accept</c> excludes the response of an action: the media types that its attributes declare for 200, or JSON. An
/// invalid <c>Accept</c> excludes nothing.
/// </summary>
internal sealed class AcceptFilter : IResourceFilter
{
    private const string Json = "application/json";

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "" or "*/*"))
            return;

        var offered = Offered(context.ActionDescriptor);
        if (MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            && !offered.Any(type => Accepts(ranges, new MediaTypeHeaderValue(type))))
            context.Result = new FailureResult(new Failure(
                ErrorCode.NotAcceptable, $"The answer can only be {string.Join(" or ", offered)}."));
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    private static MediaTypeCollection Offered(ActionDescriptor action)
    {
        var types = new MediaTypeCollection();
        foreach (var answer in action.EndpointMetadata.OfType<IApiResponseMetadataProvider>())
        {
            if (answer.StatusCode == StatusCodes.Status200OK)
                answer.SetContentTypes(types);
        }

        if (types.Count == 0)
            types.Add(Json);
        return types;
    }

    /// <summary>The most specific range that matches the type decides; a quality of 0 excludes it.</summary>
    private static bool Accepts(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        var best = ranges
            .Where(range => type.IsSubsetOf(WithoutQuality(range)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return best is not null && best.Quality is null or > 0;
    }

    private static MediaTypeHeaderValue WithoutQuality(MediaTypeHeaderValue range) => new(range.MediaType);
}
