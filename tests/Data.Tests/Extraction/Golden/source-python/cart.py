import requests

class Cart:
    # TODO: lock the cart while it is priced
    def total(self):
        try:
            return sum(i.price for i in self.items)
        except Exception:
            pass

    def add(self, item):
        self.items.append(item)

def handle(request):
    return Cart().total()
