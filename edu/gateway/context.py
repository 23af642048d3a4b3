"""What every template may use."""


def frame(request):
    return {}
