"""The OSC bridge: controllers on this computer drive the engine and Live by UDP. Imported only with `serve --osc`.

packet.py     a datagram -> messages, with limits; nothing in it is trusted
arguments.py  OSC arguments -> the parameters of a method
table.py      the fixed addresses
orders.py     an address with its arguments -> what to ask of the engine
feedback.py   what changes in Live -> messages of the same addresses
listeners.py  who wants to hear of it, and for how long
bridge.py     one session of the engine that speaks OSC
socket.py     the UDP socket on 127.0.0.1
document.py   docs/osc.md, made from all of this
"""
