/** What the end-to-end run and the benchmark share: processes, peers, certificates, plain HTTP. */
package io.sonde.rig;
