import { EventEmitter } from "node:events";
import { watchLifeCycle, type LifeCycle } from "./life-cycle";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function watch() {
  const world = {
    parent: 100,
    running: true,
    orphaned: 0,
    signals: new EventEmitter(),
    stderr: new EventEmitter(),
  };
  const life: LifeCycle = watchLifeCycle({
    signals: world.signals,
    stderr: world.stderr,
    getParentPid: () => world.parent,
    isRunning: () => world.running,
    onOrphaned: () => world.orphaned++,
  });
  return { world, life };
}

test("an interrupt is swallowed: core says what follows", () => {
  const { world, life } = watch();
  expect(world.signals.emit("SIGINT")).toBe(true);
  expect(world.orphaned).toBe(0);
  life.stop();
});

test("another parent means that core has died", () => {
  const { world } = watch();
  jest.advanceTimersByTime(60_000);
  expect(world.orphaned).toBe(0);
  world.parent = 1;
  jest.advanceTimersByTime(5000);
  expect(world.orphaned).toBe(1);
});

test("so does a parent that is not running any more", () => {
  const { world } = watch();
  world.running = false;
  jest.advanceTimersByTime(5000);
  expect(world.orphaned).toBe(1);
});

test("so does a stderr that nobody reads, but not any other fault of it", () => {
  const { world } = watch();
  world.stderr.emit("error", Object.assign(new Error(), { code: "EIO" }));
  expect(world.orphaned).toBe(0);
  world.stderr.emit("error", Object.assign(new Error(), { code: "EPIPE" }));
  world.stderr.emit("error", Object.assign(new Error(), { code: "EPIPE" }));
  expect(world.orphaned).toBe(1);
});

test("nobody connected for hours is the last resort", () => {
  const { world, life } = watch();
  life.connections(1);
  life.connections(0);
  jest.advanceTimersByTime(3600_000);
  life.connections(1);
  jest.advanceTimersByTime(24 * 3600_000);
  expect(world.orphaned).toBe(0);
  life.connections(0);
  jest.advanceTimersByTime(6 * 3600_000);
  expect(world.orphaned).toBe(1);
});

test("once stopped it watches no more", () => {
  const { world, life } = watch();
  life.stop();
  life.connections(0);
  world.parent = 1;
  jest.advanceTimersByTime(24 * 3600_000);
  expect(world.orphaned).toBe(0);
  expect(jest.getTimerCount()).toBe(0);
});
