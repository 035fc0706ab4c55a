import { spawnSync } from "node:child_process";

/**
 * A new network namespace holds a loopback interface that is down. What can raise it differs: `ip` and
 * `ifconfig` are packages of their own, Perl is part of every Debian. 0x8914 is SIOCSIFFLAGS, 0x41 is
 * IFF_UP | IFF_RUNNING.
 */
const raiseLoopback = [
  "ip link set lo up",
  "ifconfig lo up",
  `perl -MSocket -e 'socket(S, AF_INET, SOCK_DGRAM, 0) or exit 1; my $r = pack("a16 s x14", "lo", 0x41); ioctl(S, 0x8914, $r) or exit 1'`,
].join(" 2>/dev/null || ");

const script = `PATH="$PATH:/usr/sbin:/sbin"; { ${raiseLoopback}; } && exec "$@"`;

/** Exits 0 where this computer can be reached and a host outside (of a network kept for documentation) cannot. */
const probe = `
  const { connect, createServer } = require("node:net");
  const server = createServer().listen(0, "127.0.0.1", () => {
    connect(server.address().port, "127.0.0.1")
      .on("error", () => process.exit(3))
      .on("connect", () => {
        connect(80, "192.0.2.1")
          .on("error", ({ code }) => process.exit(code === "ENETUNREACH" ? 0 : 4))
          .on("connect", () => process.exit(4));
      });
  });`;

export type Isolation =
  | {
      readonly works: true;
      /** The same command, to be run where nothing but this computer can be reached. */
      wrap(command: readonly string[]): [program: string, ...parameters: string[]];
    }
  | { readonly works: false; readonly reason: string };

/**
 * How to run a command with no network but the loopback: in a network namespace of its own, as root or
 * as root of a user namespace.
 */
export function findIsolation(): Isolation {
  const reasons: string[] = [];
  for (const flags of [["-n"], ["-n", "-r"]]) {
    const wrap = (command: readonly string[]): [string, ...string[]] => [
      "unshare",
      ...flags,
      "--",
      "sh",
      "-c",
      script,
      "sh",
      ...command,
    ];
    const [program, ...parameters] = wrap([process.execPath, "-e", probe]);
    const { status, stderr, error } = spawnSync(program, parameters, { encoding: "utf8", timeout: 30_000 });
    if (status === 0) return { works: true, wrap };
    reasons.push(`unshare ${flags.join(" ")}: ${error?.message ?? (stderr.trim() || `exit code ${status}`)}`);
  }
  return { works: false, reason: `no network namespace can be made here (${reasons.join("; ")})` };
}
