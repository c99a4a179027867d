// Package house holds the rules of this repository as tests: who may import whom, how
// long files and functions may be, what every exported name owes its reader, what the
// container and the compose file promise. It has no code beside its tests. A rule that is
// broken fails with every place that breaks it.
package house
