using System.Globalization;

namespace SdkChat.Bench.Measuring;

/// <summary>What processes have cost the machine, as the operating system tells it.</summary>
internal static class ProcessCost
{
    /// <summary>CPU seconds, user and system, of all of them.</summary>
    public static double CpuSeconds(IEnumerable<int> processes) => processes.Sum(Native.CpuSeconds);

    /// <summary>Proportional set size in KB: what is shared counts once.</summary>
    public static double PssKb(IEnumerable<int> processes) => processes.Sum(PssKb);

    /// <summary>A process and all that it started.</summary>
    public static IReadOnlyList<int> WithChildren(int process)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Stat(id) is { } fields)
                parents[id] = int.Parse(fields[1], CultureInfo.InvariantCulture);
        }

        var family = new List<int> { process };
        for (var i = 0; i < family.Count; i++)
            family.AddRange(parents.Where(pair => pair.Value == family[i]).Select(pair => pair.Key));
        return family;
    }

    private static double PssKb(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The fields after the command's name, which may hold blanks: state, parent, …</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
