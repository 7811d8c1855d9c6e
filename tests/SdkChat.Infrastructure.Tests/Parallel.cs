// Only fixtures that say so, run beside each other and before the rest: they have servers or databases of their own, and mostly wait for
// them.
[assembly: LevelOfParallelism(3)]
