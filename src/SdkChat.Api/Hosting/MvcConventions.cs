using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
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
        options.ModelBinderProviders.Insert(1, new QueryObjectBinderProvider());
        // Parameters are in the path and the query, and bodies are JSON. Forms, and their notation for names, are not accepted.
        options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
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
