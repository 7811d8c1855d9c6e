using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Hosting;

/// <summary>The conventions that apply to every call (contract, section 2).</summary>
public static class HttpConventions
{
    public static IServiceCollection AddHttpConventions(this IServiceCollection services)
    {
        services.AddControllers().AddJsonOptions(options => JsonConventions.Apply(options.JsonSerializerOptions));
        // OpenAPI reads these options.
        services.ConfigureHttpJsonOptions(options => JsonConventions.Apply(options.SerializerOptions));
        services.AddSingleton<IConfigureOptions<MvcOptions>, MvcConventions>();
        services.AddSingleton<IObjectModelValidator, NoModelValidation>();
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = context => FailureResult.From(context.ModelState);
        });
        services.AddExceptionHandler<EnvelopeExceptionHandler>();
        services.AddMetricSeries<ErrorMetrics>();
        return services;
    }

    /// <summary>The first middleware: failures of all others get the envelope.</summary>
    public static IApplicationBuilder UseHttpConventions(this IApplicationBuilder app)
    {
        app.Use(ResponseHeaders.Stamp);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(BareStatusEnvelope.WriteAsync);
        return app;
    }
}
