// Only fixtures that say so, run beside each other and before the rest: they mostly wait, for clocks and connections of their own.
[assembly: LevelOfParallelism(4)]
