using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace SdkChat.Api.Http;

/// <summary>
/// Lets every GET answer HEAD too, as RFC 9110 wants; the server leaves the body out. Only routing learns of it: the
/// OpenAPI document lists the GET alone.
/// </summary>
internal sealed class HeadFollowsGet : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        if (action.Attributes.OfType<GetOnlyAttribute>().Any())
            return;

        foreach (var metadata in action.Selectors.Select(selector => selector.EndpointMetadata))
        {
            for (var i = 0; i < metadata.Count; i++)
            {
                if (metadata[i] is IHttpMethodMetadata { HttpMethods: ["GET"] })
                    metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
            }
        }
    }
}
