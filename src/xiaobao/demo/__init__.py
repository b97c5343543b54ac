"""The demo bank: one module a room, each seeding through the room's own services."""
