// They wait for pages most of the time.
[assembly: LevelOfParallelism(2)]
