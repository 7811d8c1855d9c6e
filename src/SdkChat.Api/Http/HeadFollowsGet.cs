using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace SdkChat.Api.Http;

/// <summary>
/// Adds HEAD to every GET, as RFC 9110 requires; the server omits the body. Only routing is changed: the OpenAPI document lists only the
/// GET.
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
