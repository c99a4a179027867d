// Package siege holds tests and measurements of the program as it is shipped: the binary
// is built once and runs in processes of its own, against a real redis-server and the
// simulated Jira. Processes are killed and stopped, Redis is killed, flushed, filled, slow
// or not there, hints come in floods. In the end Jira has to be in the state in which a
// run without any of that leaves it.
//
// ANDON_TEST_KILLS says at how many points the long test kills something, ANDON_TEST_SEED
// which ones; ANDON_TEST_LOAD how long each part of the load is measured (see
// BenchmarkLoad).
package siege
