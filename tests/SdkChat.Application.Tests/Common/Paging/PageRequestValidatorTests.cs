using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Tests.Common.Paging;

public sealed class PageRequestValidatorTests
{
    [TestCase(0, 1)]
    [TestCase(int.MaxValue, 500)]
    [TestCase(-1, 20, "page")]
    [TestCase(0, 0, "size")]
    [TestCase(0, -5, "size")]
    [TestCase(-1, 0, "page", "size")]
    public void Validate_Paging_NamesWhatIsOutOfRange(int page, int size, params string[] names)
    {
        var request = new PageRequest { Page = page, Size = size };

        using var services = new ServiceCollection().AddApplication().BuildServiceProvider();
        services.GetRequiredService<IValidator<PageRequest>>().Validate(request).Errors.Select(error => error.PropertyName)
            .Should().Equal(names);
    }
}
