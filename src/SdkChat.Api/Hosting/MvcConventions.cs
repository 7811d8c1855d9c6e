using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Json;

namespace SdkChat.Api.Hosting;

/// <summary>Configures MVC according to the contract: strict parameters, JSON only, HEAD for every GET.</summary>
internal sealed class MvcConventions(IOptions<JsonOptions> json) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        options.ModelBinderProviders.Insert(0, new StrictScalarBinderProvider());
        options.InputFormatters.Clear();
        options.InputFormatters.Add(new JsonBodyFormatter(json.Value.JsonSerializerOptions));
        options.OutputFormatters.RemoveType<SystemTextJsonOutputFormatter>();
        options.OutputFormatters.Add(new JsonResponseFormatter(json.Value.JsonSerializerOptions));
        options.Filters.Add(new AcceptFilter());
        options.Conventions.Add(new HeadFollowsGet());
        // Validators decide which members are required; MVC's own messages name CLR members.
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
    }
}
