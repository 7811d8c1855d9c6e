using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Hosting;

/// <summary>What holds for every call, whatever it does (contract, section 2).</summary>
public static class HttpConventions
{
    public static IServiceCollection AddHttpConventions(this IServiceCollection services)
    {
        services.AddControllers().AddJsonOptions(options => JsonConventions.Apply(options.JsonSerializerOptions));
        // What describes the API (OpenAPI) reads these.
        services.ConfigureHttpJsonOptions(options => JsonConventions.Apply(options.SerializerOptions));
        services.AddSingleton<IConfigureOptions<MvcOptions>, MvcConventions>();
        // Validates what MVC binds and a request then only carries, such as paging: all wrong parameters are named at once.
        services.AddFluentValidationAutoValidation(options => options.DisableDataAnnotationsValidation = true);
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = context => FailureResult.From(context.ModelState);
        });
        services.AddExceptionHandler<EnvelopeExceptionHandler>();
        services.AddMetricSeries<ErrorMetrics>();
        return services;
    }

    /// <summary>Comes first: everything after it may fail, and is answered with the envelope.</summary>
    public static IApplicationBuilder UseHttpConventions(this IApplicationBuilder app)
    {
        app.Use(ResponseHeaders.Stamp);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(BareStatusEnvelope.WriteAsync);
        return app;
    }
}
